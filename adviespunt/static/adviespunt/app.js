/* Small helps. Every page works without them. */
(() => {
  "use strict";
  const d = document;
  const one = (s, root = d) => root.querySelector(s);
  const dirty = new Set();

  one("[data-error-summary]")?.focus();

  // Keys: Ctrl+Enter sends the form, Ctrl+K opens the jump dialog.
  const jump = one("dialog#spring");
  // What can be done on this page is offered there too: the links that look like buttons.
  const offer = () => d.querySelectorAll("main a.utrecht-button").forEach((a) => {
    const li = d.createElement("li");
    const link = li.appendChild(d.createElement("a"));
    link.className = "utrecht-link utrecht-link--html-a";
    link.href = a.href;
    link.textContent = a.textContent.trim();
    one("#spring-lijst")?.append(li);
  });
  let offered = false;
  const open = () => {
    if (!offered) { offer(); offered = true; }
    if (jump && !jump.open) jump.showModal();
    one("input", jump)?.select();
  };
  one("[data-sluit=spring]")?.addEventListener("click", () => jump.close());
  d.querySelectorAll("[data-opent=spring]").forEach((b) => {
    b.hidden = !jump;
    b.addEventListener("click", open);
  });
  d.addEventListener("keydown", (e) => {
    if (!e.ctrlKey && !e.metaKey) return;
    if (e.key === "Enter" && e.target.form && e.target.form.method === "post") {
      e.preventDefault();
      e.target.form.requestSubmit();
    } else if (e.key.toLowerCase() === "k" && jump) {
      e.preventDefault();
      open();
    }
  });
  const search = one("[data-filtert]");
  const items = () => [...d.querySelectorAll("#spring-lijst li")];
  search?.addEventListener("input", () => {
    const q = search.value.trim().toLowerCase();
    items().forEach((li) => { li.hidden = !li.textContent.toLowerCase().includes(q); });
  });
  // No page or action has these letters: then the server looks for a kwestie.
  search?.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.ctrlKey) return;
    const first = items().find((li) => !li.hidden);
    if (!first && search.form.dataset.springt) return;
    e.preventDefault();
    one("a", first || d.createElement("i"))?.click();
  });

  // Ten seconds to undo; a button in use stays.
  d.querySelectorAll("[data-ongedaan]").forEach((f) => {
    setTimeout(() => f.contains(d.activeElement) || f.remove(), 10000);
  });

  d.querySelectorAll("[data-drukt-af]").forEach((b) => {
    b.hidden = false;
    b.addEventListener("click", () => print());
  });

  // A form is sent once; going back in the browser makes it ready again.
  d.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.method !== "post" || e.defaultPrevented) return;
    if (form.dataset.verzonden) { e.preventDefault(); return; }
    dirty.delete(form);
    if ("vaker" in form.dataset) return;
    form.dataset.verzonden = "1";
    e.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    d.querySelectorAll("[data-verzonden]").forEach((f) => { delete f.dataset.verzonden; });
    d.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
  });

  // Leaving a half-filled form asks first, until the server has all that was typed.
  d.addEventListener("input", (e) => {
    const form = e.target.closest("form[data-bewaak]");
    if (form) dirty.add(form);
  });
  addEventListener("beforeunload", (e) => { if (dirty.size) e.preventDefault(); });
  d.addEventListener("bewaard", (e) => dirty.delete(e.target));

  // htmx: say when the server cannot be reached.
  const offline = one("[data-offline]");
  const tell = (lost) => { if (offline) offline.textContent = lost ? offline.dataset.tekst : ""; };
  d.addEventListener("htmx:sendError", () => tell(true));
  d.addEventListener("htmx:timeout", () => tell(true));
  d.addEventListener("htmx:afterOnLoad", () => tell(false));

  // htmx notes the address of the page, filters included; leave nothing on a shared computer.
  const forget = () => sessionStorage.removeItem("htmx-current-path-for-history");
  forget();
  addEventListener("pagehide", forget);
})();
