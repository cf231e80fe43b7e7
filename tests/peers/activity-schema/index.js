import { activityZodSchema } from '@microsoft/agents-activity';
import { answerLines } from '../lines.mjs';

// Given {activities: [...]}: what the schema says against each, as "path: message"; nothing for a valid one.
answerLines(({ activities }) =>
  activities.map((activity) => {
    const { error } = activityZodSchema.safeParse(activity);
    return error ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) : [];
  })
);
