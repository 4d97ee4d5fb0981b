// One line for each thing that a client does; the process fails if one of them failed.

export const url = process.env.ESPALIER_URL;
export const key = process.env.ESPALIER_KEY;
if (!url || !key) {
  console.error('ESPALIER_URL and ESPALIER_KEY say where the gateway is');
  process.exit(2);
}

const PATIENCE_MS = 60_000;
let failures = 0;

export async function check(client, what, work) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no result in time')), PATIENCE_MS);
  });
  try {
    await Promise.race([work(), late]);
    console.log(`pass | ${client} | ${what}`);
  } catch (error) {
    failures++;
    console.log(`FAIL | ${client} | ${what} | ${error.stack ?? error}`);
  } finally {
    clearTimeout(timer);
  }
}

export function expect(holds, otherwise) {
  if (!holds) {
    throw new Error(otherwise);
  }
}

export function finish() {
  process.exit(failures === 0 ? 0 : 1);
}
