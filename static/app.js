// Everything here adds to pages that already work without it.

const script = document.querySelector("script[data-nhsuk]");
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
import(script.dataset.nhsuk).then(({ initAll }) => { initAll(); tidyRadios(); });

// A radio may not say that it is expanded: screen readers find what follows it by reading on.
function tidyRadios() {
  document.querySelectorAll("input[type=radio][aria-expanded]").forEach((radio) => radio.removeAttribute("aria-expanded"));
}
document.addEventListener("click", tidyRadios);
document.addEventListener("change", tidyRadios);

// -- words being typed are kept on this device, per person ----------------------------------------------------------
const person = document.body.dataset.person || "";
const PREFIX = "kept:";
const keyOf = (form) => `${PREFIX}${person}:${form.dataset.keep}`;
let leaving = false; // once someone logs out, nothing more of theirs is written down
const isWords = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type) && field.name !== "csrfmiddlewaretoken";

// A browser may refuse storage (private windows, full disks): then nothing is kept, and nothing breaks.
const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  forgetAll() { try { Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key)); } catch { /* nothing was kept */ } },
};

function wordsIn(form) {
  const words = {};
  for (const field of form.elements) {
    if (!isWords(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (words[field.name] ||= []).push(field.value);
    } else {
      words[field.name] = field.value;
    }
  }
  return words;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function putBack(form, words) {
  for (const field of form.elements) {
    if (!isWords(field)) continue;
    const kept = words[field.name];
    if (field.type === "checkbox" || field.type === "radio") field.checked = Array.isArray(kept) && kept.includes(field.value);
    else if (typeof kept === "string") field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function sayKept(form, before) {
  const note = element("div", "app-kept", "");
  note.setAttribute("role", "status");
  const words = element("p", "", "We put back the words you had typed. They are kept on this device until you send them. ");
  const button = element("button", "app-link-button", "Throw them away");
  button.type = "button";
  button.addEventListener("click", () => { store.remove(keyOf(form)); putBack(form, before); store.remove(keyOf(form)); note.remove(); });
  words.append(button);
  note.append(words);
  form.prepend(note);
}

const later = (wait, act) => { let timer; return (...args) => { clearTimeout(timer); timer = setTimeout(() => act(...args), wait); }; };

function keep(form) {
  const before = wordsIn(form);
  const kept = store.read(keyOf(form));
  const wrong = form.querySelector(".nhsuk-form-group--error");
  if (kept && !wrong && !same(kept, before)) { putBack(form, kept); sayKept(form, before); }
  const save = () => { if (leaving) return; const now = wordsIn(form); if (same(now, before)) store.remove(keyOf(form)); else store.write(keyOf(form), now); };
  form.addEventListener("input", later(300, save));
  form.addEventListener("change", save);
  addEventListener("pagehide", () => { if (!form.dataset.sent) save(); });
}

document.querySelectorAll("[data-keep-clear]").forEach((sent) => {
  sent.dataset.keepClear.split(" ").filter(Boolean).forEach((key) => store.remove(`${PREFIX}${person}:${key}`));
});
document.querySelectorAll("form[data-keep]").forEach(keep);
document.querySelectorAll("form").forEach((form) => {
  if (!form.matches("[data-log-out]") && !(form.getAttribute("action") ?? "").includes("/log-out/")) return;
  form.addEventListener("submit", () => { leaving = true; store.forgetAll(); });
});

// -- and, where the server keeps drafts, there too -------------------------------------------------------------------
function autosave(form) {
  const says = element("p", "app-saved", "");
  says.setAttribute("role", "status");
  form.append(says);
  let last = new URLSearchParams(new FormData(form)).toString();
  const save = async () => {
    const data = new FormData(form);
    const now = new URLSearchParams(data).toString();
    if (now === last || form.dataset.sent) return;
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      last = now;
      says.textContent = "Saved. Not sent yet.";
    } catch {
      says.textContent = form.dataset.keep ? "Not saved here yet. Your words are kept on this device." : "Not saved yet. We will try again.";
    }
  };
  form.addEventListener("input", later(2000, save));
  addEventListener("online", save);
}
document.querySelectorAll("form[data-autosave-url]").forEach(autosave);

// -- no connection --------------------------------------------------------------------------------------------------
let offline = null;
function connection() {
  if (navigator.onLine) { offline?.remove(); offline = null; return; }
  if (offline) return;
  const kept = document.querySelector("form[data-keep]") ? " Your words are kept on this phone." : "";
  offline = element("div", "app-offline", `You are not connected.${kept}`);
  offline.setAttribute("role", "status");
  document.body.append(offline);
}
addEventListener("offline", connection);
addEventListener("online", connection);
connection();

// -- one press, one send --------------------------------------------------------------------------------------------
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (!navigator.onLine && form.dataset.keep) { event.preventDefault(); connection(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 8000);
});
addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }); });
