// Preload of a service that listens on every interface and has no setting for it: it listens on 127.0.0.1.
const { Server } = require("node:net");

const { listen } = Server.prototype;
const HOST = "127.0.0.1";

Server.prototype.listen = function (first, ...rest) {
  if (typeof first === "object" && first !== null && first.port !== undefined)
    return listen.call(this, { ...first, host: HOST }, ...rest);
  if (typeof first === "number" || typeof first === "string") {
    const others = typeof rest[0] === "string" ? rest.slice(1) : rest;
    return listen.call(this, first, HOST, ...others);
  }
  return listen.call(this, first, ...rest);
};
