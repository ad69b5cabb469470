// Swagger UI over the service's own contract; a file, so that the page needs no inline script.
const place = document.getElementById("swagger-ui");

// Swagger UI's style sheet is dark if <html> has this class. It is set before the first drawing, and follows the system.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// The examples call the service that shows them.
for (const code of document.querySelectorAll(".calls code")) {
  code.textContent = code.textContent.replaceAll(place.dataset.origin, location.origin);
}

SwaggerUIBundle({
  domNode: place,
  url: place.dataset.contract,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  // A key given once stays in this browser, and examples are run with one click less.
  persistAuthorization: true,
  tryItOutEnabled: true,
});
