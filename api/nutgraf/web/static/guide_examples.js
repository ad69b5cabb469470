// Sends the example requests of the guide and shows the responses.
let lastJobId = null;

for (const form of document.querySelectorAll("form.run")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    runExample(form);
  });
}
document.querySelector("form.key").addEventListener("submit", (event) => event.preventDefault());

async function runExample(form) {
  const { method, path, headers } = form.dataset;
  const answer = form.querySelector(".answer");
  answer.hidden = false;
  if (path.includes("{id}") && !lastJobId) return showAnswer(answer, "", "Run the step before this one first. It creates the job that this step shows.");
  const started = performance.now();
  const key = document.getElementById("key").value.trim();
  const body = form.querySelector("textarea")?.value;
  try {
    const response = await fetch(path.replace("{id}", lastJobId), {
      method,
      headers: { ...JSON.parse(headers), ...(body && { "Content-Type": "application/json" }), ...(key && { "X-API-Key": key }) },
      body,
    });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - started);
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const value = isJson ? JSON.parse(text) : text;
    if (response.status === 202 && value.id) lastJobId = value.id;
    const jobAddress = response.headers.get("Location");
    const statusLine = `${response.status} · ${response.headers.get("Content-Type")} · ${milliseconds} ms${jobAddress ? ` · Location: ${jobAddress}` : ""}`;
    return showAnswer(answer, statusLine, isJson ? JSON.stringify(value, null, 2) : text);
  } catch {
    return showAnswer(answer, "", "The service does not answer.");
  }
}

function showAnswer(answer, statusLine, text) {
  answer.querySelector(".status").textContent = statusLine;
  answer.querySelector("pre").textContent = text;
}
