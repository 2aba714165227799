// Holds the API's description against the published schema of OpenAPI, with a validator from outside.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.env.HUIYIN_BROWSER_MODULES}/package.json`);
const at = require.resolve("@seriousme/openapi-schema-validator");
const { Validator } = await import(pathToFileURL(at).href);

const answer = await fetch(`${process.argv[2]}/api/v1/openapi.json`);
const description = await answer.json();
const { valid, errors } = await new Validator().validate(description);
if (!valid) {
  console.error(JSON.stringify(errors, null, 2));
  process.exit(1);
}
console.log(`${Object.keys(description.paths).length} addresses, valid OpenAPI ${description.openapi}`);
