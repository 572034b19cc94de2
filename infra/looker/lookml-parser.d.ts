/** https://github.com/fabio-looker/node-lookml-parser has no declarations of its own. */
declare module "lookml-parser" {
  const parser: {
    /** @throws {Error} naming line and column of what is not LookML */
    parse(lookml: string): unknown;
  };
  export default parser;
}
