import { async } from 'rxjs/scheduler/async.js';

/** A clock for the client on which waiting takes a fraction of the time. What repeats itself is hurried the first time only. */
export function hurried(factor) {
  return {
    now: () => async.now(),
    schedule: (work, delay = 0, state) => async.schedule(work, delay / factor, state)
  };
}
