import { Ajv2020 } from 'ajv/dist/2020.js';
import { answerLines } from '../lines.mjs';

const validators = new Map();

// Given {schema, values: [...]}: what the schema says against each, as "/path message"; nothing for a valid one.
answerLines(({ schema, values }) => {
  const key = JSON.stringify(schema);
  if (!validators.has(key)) {
    validators.set(key, new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true }).compile(schema));
  }
  const validate = validators.get(key);
  return values.map((value) => (validate(value) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`)));
});
