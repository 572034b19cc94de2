/** https://github.com/fabio-looker/node-lookml-parser has no type declarations. */
declare module "lookml-parser" {
  const parser: {
    /** @throws {Error} naming line and column of the syntax error */
    parse(lookml: string): unknown;
  };
  export default parser;
}
