/* A form with data-passkey asks the browser for a passkey before it is sent. */
(() => {
  "use strict";
  const bytes = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (b) => b && btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const options = async (form) => {
    if (form.dataset.opties) return JSON.parse(document.getElementById(form.dataset.opties).textContent);
    const answer = await fetch(form.dataset.vraag, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const make = async ({ creation_options: { publicKey: o } }) => {
    const made = await navigator.credentials.create({ publicKey: {
      ...o,
      challenge: bytes(o.challenge),
      user: { ...o.user, id: bytes(o.user.id) },
      excludeCredentials: ids(o.excludeCredentials),
      // One that finds her by itself, and that checks who holds it.
      authenticatorSelection: { ...o.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
    } });
    return [made, { attestationObject: text(made.response.attestationObject), transports: made.response.getTransports?.() || [] }];
  };
  const use = async ({ request_options: { publicKey: o } }) => {
    const got = await navigator.credentials.get({ publicKey: {
      ...o, challenge: bytes(o.challenge), allowCredentials: ids(o.allowCredentials), userVerification: "required",
    } });
    const r = got.response;
    return [got, { authenticatorData: text(r.authenticatorData), signature: text(r.signature), userHandle: text(r.userHandle) }];
  };
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const fault = form.querySelector("[data-passkey-fout]");
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      if (fault) fault.textContent = "";
      try {
        const [key, response] = await (form.dataset.passkey === "maak" ? make : use)(await options(form));
        form.elements.credential.value = JSON.stringify({
          type: key.type, id: key.id, rawId: text(key.rawId),
          authenticatorAttachment: key.authenticatorAttachment,
          clientExtensionResults: key.getClientExtensionResults(),
          response: { clientDataJSON: text(key.response.clientDataJSON), ...response },
        });
        form.submit();
      } catch {
        if (fault) fault.textContent = fault.dataset.passkeyFout;
      }
    });
  });
})();
