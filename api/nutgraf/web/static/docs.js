// Swagger UI over the service's own contract; a file, so that the page needs no inline script.
const place = document.getElementById("swagger-ui");
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
