/** From the text in the page back to what was packed into it. */

// As base64.b85encode of Python has it, with three characters that HTML gives no meaning to.
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~";

/**
 * Unpacks gzip in base 85 into JSON.
 * @param {string} packed
 * @returns {Promise<any>}
 */
export const unpackJson = async (packed) => JSON.parse(await unzip(decodeBase85(packed)).text());

/**
 * Unpacks gzip in base 85 into bytes.
 * @param {string} packed
 * @returns {Promise<Uint8Array>}
 */
export async function unpackBytes(packed) {
  if (!packed.trim()) return new Uint8Array();
  return new Uint8Array(await unzip(decodeBase85(packed)).arrayBuffer());
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
const unzip = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));

/**
 * Five characters are four bytes; a group that is short at the end is short by as many bytes.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decodeBase85(text) {
  const digits = new TextEncoder().encode(text.trim());
  const value = new Uint8Array(128);
  for (let i = 0; i < DIGITS.length; i++) value[DIGITS.charCodeAt(i)] = i;
  const short = (5 - (digits.length % 5)) % 5;
  const bytes = new Uint8Array(((digits.length + short) / 5) * 4);
  const words = new DataView(bytes.buffer);
  const whole = digits.length - (digits.length % 5);
  let to = 0;
  /** @param {number} high of three digits @param {number} low of two */
  const put = (high, low) => {
    words.setUint32(to, high * 7225 + low);
    to += 4;
  };
  for (let at = 0; at < whole; at += 5)
    put(
      (value[digits[at]] * 85 + value[digits[at + 1]]) * 85 + value[digits[at + 2]],
      value[digits[at + 3]] * 85 + value[digits[at + 4]],
    );
  if (short) {
    const [a, b, c = 84, d = 84] = [...digits.subarray(whole)].map((digit) => value[digit]);
    put((a * 85 + b) * 85 + c, d * 85 + 84);
  }
  return bytes.subarray(0, bytes.length - short);
}
