/* Says five minutes ahead that the session ends; what was typed stays in the page. */
(() => {
  "use strict";
  const box = document.querySelector("[data-sessie]");
  if (!box) return;
  const text = box.querySelector("#sessie-tekst"), form = box.querySelector("form");
  const button = form.querySelector("button"), link = form.querySelector("a");
  const AHEAD = 300;
  let stil = 0, geheel = 0, timer = 0, back = null;

  const until = (left) => { stil = Date.now() + left.stil * 1000; geheel = Date.now() + left.geheel * 1000; };
  const left = () => Math.floor((Math.min(stil, geheel) - Date.now()) / 1000);
  const ask = async (method) => {
    const body = method === "POST" ? new FormData(form) : undefined;
    const answer = await fetch(box.dataset.url, { method, body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const found = await answer.json();
    until(found);
    // Who signed in again got a new token: the forms of this page go on with it.
    if (found.token) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((i) => { i.value = found.token; });
  };
  const say = () => {
    const what = left() <= 0 ? "uit" : geheel < stil ? "geheel" : "stil";
    if (text.textContent !== text.dataset[what]) text.textContent = text.dataset[what];
    button.textContent = button.dataset[what] || "";
    button.hidden = !button.dataset[what];
    link.hidden = what === "stil";
    if (box.hidden) {
      back = document.activeElement;
      box.hidden = false;
      (button.hidden ? link : button).focus();
    }
  };
  const hide = () => {
    if (!box.hidden && box.contains(document.activeElement)) back?.focus();
    box.hidden = true;
  };
  const plan = () => {
    clearTimeout(timer);
    const wait = left() - AHEAD;
    if (wait > 0) { hide(); timer = setTimeout(look, Math.min(wait, 86400) * 1000); return; }
    say();
    if (left() > 0) timer = setTimeout(look, Math.min(30, left() + 1) * 1000);
  };
  // Another tab may have gone on working meanwhile; looking is not doing something.
  const look = () => ask("GET").catch(() => {}).then(plan);

  form.addEventListener("submit", (e) => {
    e.preventDefault();
    ask(left() > 0 ? "POST" : "GET").catch(() => {}).then(plan);
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.successful && e.detail.requestConfig.verb !== "get") stil = Date.now() + box.dataset.stil * 1000;
  });
  until({ stil: +box.dataset.stil, geheel: +box.dataset.geheel });
  plan();
})();
