import { h } from 'preact';
import { noAnswer, waitOf } from './client/http';
import { safeLink } from './text/links';
import { NewTab } from './text/NewTab';
import { addSheet } from './ui/sheets';
import { entityOf } from './wire/activity';
import { list, object, parse, text } from './wire/json';

export { addSheet, entityOf, h, list, NewTab, noAnswer, object, parse, safeLink, text, waitOf };

/** What the later scripts take from the panel instead of bringing it along. */
export const shared = { addSheet, entityOf, h, list, NewTab, noAnswer, object, parse, safeLink, text, waitOf };
