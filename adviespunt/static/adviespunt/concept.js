/* A form that keeps a draft on the server while one types; without it the button does. */
(() => {
  "use strict";
  const d = document;
  const last = new WeakMap(), sent = new WeakMap();
  let typed = 0;
  const keeps = (form) => "concept" in form.dataset;

  d.addEventListener("input", (e) => {
    const form = e.target.closest("form[data-concept]");
    if (form) last.set(form, ++typed);
  });
  // Once the form itself is on its way, no draft of it follows.
  d.addEventListener("htmx:beforeRequest", (e) => {
    const form = e.detail.elt;
    if (!keeps(form)) return;
    if (form.dataset.verzonden) e.preventDefault();
    else sent.set(form, last.get(form));
  });
  // Say that it is kept, with the time of the server, or that it is not.
  d.addEventListener("htmx:afterRequest", (e) => {
    const form = e.detail.elt, xhr = e.detail.xhr;
    const line = form.querySelector("[data-concept-stand]");
    if (!keeps(form) || !line || !xhr.status) return;
    const at = xhr.status === 204 && xhr.getResponseHeader("X-Bewaard");
    const why = xhr.status === 422 ? xhr.responseText : line.dataset.niet;
    const said = at ? `${line.dataset.bewaard} ${at}` : why;
    if (line.textContent !== said) line.textContent = said;
    if (at && sent.get(form) === last.get(form)) {
      form.dispatchEvent(new Event("bewaard", { bubbles: true }));
    }
  });
  // No connection: the page says so (app.js); here it is tried again until there is one.
  const again = (e) => {
    const form = e.detail.elt;
    if (keeps(form)) setTimeout(() => form.dispatchEvent(new Event("bewaar")), 3000);
  };
  d.addEventListener("htmx:sendError", again);
  d.addEventListener("htmx:timeout", again);
})();
