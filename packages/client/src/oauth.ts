export { createClientCredentials, type ClientCredentialsOptions } from "./oauth/client-credentials.ts";
