/** What the second script reads in activities. Pure. */
import { entityOf, list, object, safeLink, text } from '../panel/shared';
import type { Json } from '../panel/wire/json';

export interface ShownFile {
  name: string;
  /** Null when it is no address that a message may carry. */
  href: string | null;
  /** Shown as a picture: one of the service's own, as a stranger's address would see who looks. */
  isPicture: boolean;
}

const picture = /^image\/(png|jpeg|gif|webp)$/;

export const filesOf = (activity: Json, server: string): readonly ShownFile[] =>
  list(activity['attachments'])
    .map(object)
    .filter(({ contentUrl, name }) => contentUrl || name)
    .map(({ contentUrl, contentType, name }) => {
      const href = safeLink(text(contentUrl), server);
      const isOurs = !!href && new URL(href).origin === new URL(server).origin;
      return {
        name: text(name) || text(contentType),
        href: contentUrl ? href : null,
        isPicture: isOurs && picture.test(text(contentType)),
      };
    });

const like = 'LikeAction';

/** What thumbs for this answer are given under, or empty when it asks for none. */
export const feedbackIdOf = (activity: Json): string =>
  text(
    list(entityOf(activity)['potentialAction'])
      .map(object)
      .find((action) => action['@type'] === like)?.['@id'],
  );

export const thumb = (id: string, liked: boolean, clientActivityID: string): Json => ({
  type: 'event',
  name: 'webchat:activity-status/feedback',
  value: { '@type': liked ? like : 'DislikeAction', '@id': id },
  channelData: { clientActivityID },
});

/** The last thumb that the customer gave an answer: as the event's value, or as Web Chat does, among its entities. */
export const ratingOf = (done: readonly Json[], id: string): boolean | undefined =>
  done
    .flatMap(({ value, entities }) => [value, ...list(entities)].map(object))
    .filter((action) => action['@id'] === id)
    .map((action) => action['@type'] === like)
    .at(-1);
