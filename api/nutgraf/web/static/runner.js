// Runs the requests of the guide, and shows what comes back.
let lastId = null;

for (const form of document.querySelectorAll("form.run")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form);
  });
}
document.querySelector("form.key").addEventListener("submit", (event) => event.preventDefault());

async function run(form) {
  const { method, path, headers } = form.dataset;
  const answer = form.querySelector(".answer");
  answer.hidden = false;
  if (path.includes("{id}") && !lastId) return show(answer, "", "Run the previous step first: this step shows the job that it created.");
  const started = performance.now();
  const key = document.getElementById("key").value.trim();
  const body = form.querySelector("textarea")?.value;
  try {
    const response = await fetch(path.replace("{id}", lastId), {
      method,
      headers: { ...JSON.parse(headers), ...(body && { "Content-Type": "application/json" }), ...(key && { "X-API-Key": key }) },
      body,
    });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - started);
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const value = isJson ? JSON.parse(text) : text;
    if (response.status === 202 && value.id) lastId = value.id;
    const where = response.headers.get("Location");
    const line = `${response.status} · ${response.headers.get("Content-Type")} · ${milliseconds} ms${where ? ` · Location: ${where}` : ""}`;
    return show(answer, line, isJson ? JSON.stringify(value, null, 2) : text);
  } catch {
    return show(answer, "", "The service does not answer.");
  }
}

function show(answer, line, text) {
  answer.querySelector(".status").textContent = line;
  answer.querySelector("pre").textContent = text;
}
