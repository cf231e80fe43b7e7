export const newTab = '(opens in a new tab)';

/** Every word that the panel says, in one table. */
export const strings = {
  dialog: (company: string) => `Chat with ${company}`,
  company: 'us',
  close: 'Close chat',
  conversation: 'Conversation',
  message: 'Message',
  placeholder: 'Write a message…',
  send: 'Send',
  attach: 'Attach files',
  suggestions: 'Suggested replies',
  newMessages: 'New messages',
  you: 'You',
  assistant: (bot: string) => (bot ? `${bot}, virtual assistant` : 'Virtual assistant'),
  agentHere: (agent: string) => `${agent} is helping you`,
  agent: 'Customer care',
  bot: 'Bot',
  typing: (name: string) => `${name || 'Someone'} is typing`,
  sending: 'Sending…',
  waiting: 'Waiting for a connection',
  sent: 'Sent',
  failed: 'Not sent.',
  retry: 'Retry',
  retryNamed: (text: string) => `Retry sending "${text}"`,
  tooLong: (excess: number) => `Too long by ${excess}`,
  left: (count: number) => `${count} characters left`,
  today: 'Today',
  yesterday: 'Yesterday',
  connection: {
    connecting: 'Connecting…',
    online: 'Online',
    reconnecting: 'Reconnecting…',
    offline: 'You are offline. What you write is sent when you are back.',
    refused: 'Chat is not available here at the moment.',
  },
  tryAgain: 'Try again',
} as const;

/** What the scripts say that are fetched later: tables of their own, so that the panel does not carry them. */
export const answerStrings = {
  sources: 'Sources',
  source: (position: number, title: string) => `Source ${position}: ${title} ${newTab}`,
  helpful: 'Was this helpful?',
  yes: 'Helpful',
  no: 'Not helpful',
  notSaved: 'Not saved. Please try again.',
} as const;

export const fileStrings = {
  toSend: 'Files to send',
  attached: (count: number) => (count === 1 ? '1 file attached' : `${count} files attached`),
  remove: (name: string) => `Remove ${name}`,
  sendWithout: (name: string) => `Send without ${name}`,
  giveUp: 'Remove message',
  tooMany: (most: number) => `At most ${most} files go with a message.`,
  tooLarge: (name: string, most: string) =>
    `${name} is too large: the files of a message have at most ${most} together.`,
  progress: 'Sending files',
  /** By the server's words for it, and by ours for files that are gone. */
  faults: {
    UnsupportedMediaType:
      'A file is of a kind that is not taken here. Pictures, PDF, plain text, Word and Excel files are.',
    MessageSizeTooBig: 'The files are too large together.',
    FileLost:
      'The page was left before this was sent, and the browser has not kept the files. Please attach them again.',
  } as Readonly<Record<string, string>>,
} as const;

/** What the tables above are written in, for dates, and for the dialog on pages in another language. */
export const language = 'en';
export const direction = 'ltr';
