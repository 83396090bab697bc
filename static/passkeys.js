// Passkeys, in browsers that have them. A form says with data-passkey what it is for:
//   "make"    its options stand in the page, in the element that data-options names
//   "give"    the same, to log in with a passkey of a person who is known
//   "log-in"  its options are fetched from where the form is sent to
// Until this has run, the form is hidden and what stands in [data-no-passkey] is shown. Without it nothing is lost.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

async function make({ publicKey }) {
  const made = await navigator.credentials.create({ publicKey: {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
    excludeCredentials: listed(publicKey.excludeCredentials),
  } });
  const { attestationObject, clientDataJSON } = made.response;
  return described(made, { attestationObject: toText(attestationObject), clientDataJSON: toText(clientDataJSON) });
}

async function give({ publicKey }) {
  const given = await navigator.credentials.get({ publicKey: {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    allowCredentials: listed(publicKey.allowCredentials),
  } });
  const { authenticatorData, clientDataJSON, signature, userHandle } = given.response;
  return described(given, {
    authenticatorData: toText(authenticatorData),
    clientDataJSON: toText(clientDataJSON),
    signature: toText(signature),
    userHandle: userHandle ? toText(userHandle) : null,
  });
}

const described = (key, response) => ({
  id: key.id, rawId: toText(key.rawId), type: key.type, response, clientExtensionResults: key.getClientExtensionResults(),
});

async function fetched(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

const inPage = (form) => JSON.parse(document.getElementById(form.dataset.options).textContent);
const WAYS = {
  make: (form) => make(inPage(form)),
  give: (form) => give(inPage(form)),
  "log-in": async (form) => give(await fetched(form)),
};

function ready(form) {
  const says = form.querySelector("[data-passkey-says]");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    says.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await WAYS[form.dataset.passkey](form));
      form.submit();
    } catch {
      says.textContent = says.dataset.passkeySays;
      button.focus();
    } finally {
      delete form.dataset.busy;
    }
  });
  form.hidden = false;
}

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelectorAll("[data-no-passkey]").forEach((instead) => { instead.hidden = true; });
  document.querySelectorAll("form[data-passkey]").forEach(ready);
}
