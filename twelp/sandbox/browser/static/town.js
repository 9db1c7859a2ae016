// Swaps the parts of the page that changed, sent by the server as HTML. Without it, every link and form works as well.
"use strict";
let events = null;

// What somebody typed and has not sent, and where the cursor stands, outlive a swap wherever the field is still there.
function typedIn(part) {
  const kept = new Map();
  for (const field of part.querySelectorAll("input[id], textarea[id], select[id]")) {
    const changed = field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT" ? ![...field.options].every((one) => one.selected === one.defaultSelected)
      : field.value !== field.defaultValue;
    if (changed) kept.set(field.id, field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
  }
  return kept;
}

function swap(id, html) {
  const part = document.getElementById(id);
  if (!part || part.dataset.html === html) return;
  const kept = typedIn(part);
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const focus = active && { id: active.id, at: [active.selectionStart, active.selectionEnd],
    name: active.name, value: active.value, text: active.textContent };
  const scrolled = [...part.querySelectorAll(".body, .inside")].map((one) => one.scrollTop);
  const open = new Map([...part.querySelectorAll("details")].map((one, n) => [n + one.textContent.slice(0, 20), one.open]));
  const hadWindow = part.querySelector("[role=dialog]") !== null;
  part.dataset.html = html;
  part.innerHTML = html;
  part.classList.add("swapped");
  [...part.querySelectorAll("details")].forEach((one, n) => {
    const was = open.get(n + one.textContent.slice(0, 20));
    if (was !== undefined) one.open = was;
  });
  [...part.querySelectorAll(".body, .inside")].forEach((one, n) => { if (scrolled[n]) one.scrollTop = scrolled[n]; });
  for (const [field, value] of kept) {
    const now = document.getElementById(field);
    if (!now) continue;
    if (typeof value === "boolean") now.checked = value; else now.value = value;
  }
  if (focus) {
    const again = (focus.id && document.getElementById(focus.id))
      || [...part.querySelectorAll("button, a, summary")].find((one) => one.name === focus.name
        && one.value === focus.value && one.textContent === focus.text);
    if (again) {
      again.focus({ preventScroll: true });
      if (focus.at[0] != null && again.setSelectionRange) again.setSelectionRange(...focus.at);
    }
  }
  const dialog = part.querySelector("[role=dialog]");
  if (id === "window") for (const below of document.querySelectorAll("header, main")) below.inert = dialog !== null;
  if (dialog && !hadWindow) (dialog.querySelector("[autofocus]") || dialog.querySelector("button:not(.unseen)")).focus();
}

function listen() {
  if (events) events.close();
  events = new EventSource(document.body.dataset.live);
  events.onmessage = (event) => { const { id, html } = JSON.parse(event.data); swap(id, html); };
}

// Another place in the town: the same page with other parts. Whatever is no page of ours is left to the browser.
async function go(url, sent, remember) {
  const response = await fetch(url, sent);
  if (!response.ok) throw new Error(await response.text());
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const before = document.body.className;
  document.body.className = page.body.className;
  document.body.dataset.live = page.body.dataset.live;
  for (const id of ["top", "network", "slack", "window", "behind"]) {
    const part = page.getElementById(id);
    if (part) swap(id, part.innerHTML);
  }
  if (remember && response.url !== location.href) history.pushState(null, "", response.url);
  const field = document.querySelector(".composer [autofocus]");
  if (field && document.activeElement === document.body) field.focus();
  if (before !== document.body.className) scrollTo(0, 0);
  listen();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || link.origin !== location.origin) return;
  if (link.pathname !== "/town" || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(link.href, {}, true).catch(() => { location.href = link.href; });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  for (const field of form.querySelectorAll("input, textarea")) field.defaultValue = field.value;
  form.setAttribute("aria-busy", "true");
  go(form.action, { method: "POST", body }, true).catch((error) => {
    const note = document.createElement("p");
    note.className = "note";
    note.setAttribute("role", "alert");
    note.textContent = `That did not work: ${error.message}`;
    document.getElementById("top").append(note);
  });
});

// A field that the app wants to hear while somebody types: as Slack does, a moment after each key.
let typing = 0;
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-live]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => fetch("/town/act/type", { method: "POST", redirect: "manual",
    body: new URLSearchParams(new FormData(field.form)) }), 250);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const close = document.querySelector("#window button[value=close]");
  if (close) close.click();
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
});

addEventListener("popstate", () => { go(location.href, {}, false).catch(() => location.reload()); });
listen();
