/* Small helps. Every page works without them. */
(() => {
  "use strict";
  const d = document;
  const one = (s, root = d) => root.querySelector(s);
  const dirty = new Set();

  one("[data-error-summary]")?.focus();

  // Keys: Ctrl+Enter sends the form, Ctrl+K opens the jump dialog.
  const jump = one("dialog#spring");
  const open = () => {
    if (jump && !jump.open) jump.showModal();
    one("input", jump)?.select();
  };
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
  search?.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.ctrlKey) return;
    e.preventDefault();
    one("a", items().find((li) => !li.hidden) || d.createElement("i"))?.click();
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

  // Leaving a half-filled form asks first.
  d.addEventListener("input", (e) => {
    const form = e.target.closest("form[data-bewaak]");
    if (form) dirty.add(form);
  });
  addEventListener("beforeunload", (e) => { if (dirty.size) e.preventDefault(); });

  d.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.successful) dirty.delete(e.detail.elt);
  });

  // htmx: say when the server cannot be reached.
  const offline = one("[data-offline]");
  const tell = (lost) => { if (offline) offline.textContent = lost ? offline.dataset.tekst : ""; };
  d.addEventListener("htmx:sendError", () => tell(true));
  d.addEventListener("htmx:timeout", () => tell(true));
  d.addEventListener("htmx:afterOnLoad", () => tell(false));

  // htmx notes the address of the page, filters included; leave nothing on a shared computer.
  addEventListener("pagehide", () => sessionStorage.removeItem("htmx-current-path-for-history"));
})();
