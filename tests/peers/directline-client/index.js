import * as stories from './stories.js';
import { answerLines } from '../lines.mjs';

// Plays a story, such as {story: 'talk', options: {...}}, and answers with what the client saw.
answerLines(({ story, ...rest }) => stories[story](rest));
