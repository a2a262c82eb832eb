// Express 4 beside Express 5 has no declarations of its own; the tests use only what both have.
declare module "express4" {
  import express from "express";
  export default express;
}
