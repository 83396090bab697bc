// A real OpenID Connect provider on this machine, for tests. Prints "ready" when it listens.
//   node provider.mjs PORT CALLBACK-ADDRESS
// Whoever logs in types the name of one of these accounts; any password is taken.

import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

const TRUST = "@anytown-riverside.example";
const ACCOUNTS = {
  samuel: { email: `Samuel${TRUST}`, email_verified: true },
  "samuel-with-two-steps": { email: `samuel${TRUST}`, email_verified: true, steps: true },
  "new-samuel": { email: `samuel${TRUST}`, email_verified: true },
  "samuel-unverified": { email: `samuel${TRUST}`, email_verified: false },
  "samuel-says-yes": { email: `samuel${TRUST}`, email_verified: "true" },
  leyla: { email: `leyla${TRUST}`, email_verified: true },
  stranger: { email: `stranger${TRUST}`, email_verified: true },
  nameless: {},
};

const provider = new Provider(issuer, {
  clients: [{ client_id: "working-together", client_secret: "a-secret-for-tests", redirect_uris: [callback] }],
  claims: { openid: ["sub", "amr"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["only-for-tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, { uid }) => `/log-in/${uid}` },
  async findAccount(ctx, id) {
    const { steps, ...told } = ACCOUNTS[id];
    return { accountId: id, claims: async () => ({ sub: id, name: "Somebody", ...told, ...(steps && { amr: ["pwd", "mfa"] }) }) };
  },
  async loadExistingGrant(ctx) {
    const { Grant } = ctx.oidc.provider;
    const grant = new Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

const page = (uid) => `<!doctype html><html lang="en"><title>Log in to the Trust</title>
<form method="post" action="/log-in/${uid}"><label>Name <input name="login"></label><button>Log in</button></form>
<form method="post" action="/log-in/${uid}"><input type="hidden" name="stop" value="1"><button>Stop</button></form></html>`;

async function logIn(request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html");
    response.end(page(uid));
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  const said = new URLSearchParams(body);
  const name = said.get("login");
  const result = said.has("stop") || !(name in ACCOUNTS)
    ? { error: "access_denied", error_description: "stopped" }
    : { login: { accountId: name, amr: ACCOUNTS[name].steps ? ["pwd", "mfa"] : ["pwd"] } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
createServer((request, response) => {
  if (!request.url.startsWith("/log-in/")) { answer(request, response); return; }
  logIn(request, response).catch((problem) => { response.statusCode = 500; response.end(String(problem)); });
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
