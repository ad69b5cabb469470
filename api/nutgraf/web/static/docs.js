// Starts Swagger UI with the contract of this service. This is a file because the security policy forbids inline scripts.
const container = document.getElementById("swagger-ui");

// The style sheet of Swagger UI is dark if <html> has this class. The class follows the setting of the system.
const darkScheme = matchMedia("(prefers-color-scheme: dark)");
const updateDarkMode = () => document.documentElement.classList.toggle("dark-mode", darkScheme.matches);
darkScheme.addEventListener("change", updateDarkMode);
updateDarkMode();

// Replaces the address in the examples by the address of this service.
for (const code of document.querySelectorAll(".calls code")) {
  code.textContent = code.textContent.replaceAll(container.dataset.origin, location.origin);
}

SwaggerUIBundle({
  domNode: container,
  url: container.dataset.contract,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  // Stores an entered key in this browser, and lets the reader run examples without pressing "Try it out" first.
  persistAuthorization: true,
  tryItOutEnabled: true,
});
