import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { check, expect, url } from './harness.mjs';

const LINTER = 'spectral';
const DIRECTORY = new URL('spectral/', import.meta.url);

/** The description of all services in one, by the rules of OpenAPI and of OWASP. */
export default async function run() {
  await check(LINTER, 'finds no error in the description', async () => {
    const response = await fetch(`${url}/openapi.json`);
    expect(response.ok, `status ${response.status}`);
    await writeFile(new URL('openapi.json', DIRECTORY), await response.text());
    const lint = ['lint', 'openapi.json', '--ruleset', 'ruleset.yaml', '--fail-severity', 'error', '--display-only-failures'];
    await promisify(execFile)('node_modules/.bin/spectral', lint, { cwd: DIRECTORY }).catch((failure) => {
      throw new Error(failure.stdout || failure.message);
    });
  });
}
