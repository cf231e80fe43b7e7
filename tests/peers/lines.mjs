import { createInterface } from 'node:readline';

/**
 * Makes this program answer standard input: each line is a JSON object with an `id`, and gets a line with the same id and
 * a `result` or an `error`. Questions are answered side by side. The program ends when its input does.
 *
 * @param {(question: object) => unknown} answer
 */
export function answerLines(answer) {
  const lines = createInterface({ input: process.stdin });

  lines.on('line', async (line) => {
    const { id, ...question } = JSON.parse(line);
    const reply = await Promise.resolve(question)
      .then(answer)
      .then((result) => ({ id, result }), (error) => ({ id, error: String(error?.stack ?? error) }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  });
  lines.on('close', () => process.exit());
}
