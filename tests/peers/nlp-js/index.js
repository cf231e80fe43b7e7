// Trains npm's node-nlp (nlp.js) on labelled messages, tests it on others, and prints one JSON object.
// node index.js train.jsonl test.jsonl
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import nlpjs from 'node-nlp';

const [trainPath, testPath] = process.argv.slice(2);
const rows = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .filter((row) => row.intent !== null);
const cpuSeconds = (since) => {
  const used = process.cpuUsage(since);
  return (used.user + used.system) / 1e6;
};

const train = rows(trainPath);
const test = rows(testPath);

// As its own benchmark does: no named entities, and every message gets an intent.
const manager = new nlpjs.NlpManager({ languages: ['en'], forceNER: false, nlu: { log: false, useNoneFeature: false }, autoSave: false });
for (const { text, intent } of train) {
  manager.addDocument('en', text, intent);
}

const beforeTraining = process.cpuUsage();
const startOfTraining = performance.now();
await manager.train();
const trainSeconds = (performance.now() - startOfTraining) / 1000;
const trainCpuSeconds = cpuSeconds(beforeTraining);

let right = 0;
const beforeTest = process.cpuUsage();
const startOfTest = performance.now();
for (const { text, intent } of test) {
  const answer = await manager.process('en', text);
  right += answer.classifications[0]?.intent === intent ? 1 : 0;
}

const microseconds = ((performance.now() - startOfTest) * 1000) / test.length;
const cpuMicroseconds = (cpuSeconds(beforeTest) * 1e6) / test.length;
console.log(
  JSON.stringify({
    rows: test.length,
    accuracy: right / test.length,
    trainSeconds,
    trainCpuSeconds,
    microsecondsPerPrediction: microseconds,
    cpuMicrosecondsPerPrediction: cpuMicroseconds,
  }),
);
