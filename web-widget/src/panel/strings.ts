const newTab = '(opens in a new tab)';

/** Every word that the panel says, in one table. */
export const strings = {
  dialog: (company: string) => `Chat with ${company}`,
  company: 'us',
  close: 'Close chat',
  conversation: 'Conversation',
  message: 'Message',
  placeholder: 'Write a message…',
  send: 'Send',
  suggestions: 'Suggested replies',
  newMessages: 'New messages',
  you: 'You',
  assistant: (bot: string) => (bot ? `${bot}, virtual assistant` : 'Virtual assistant'),
  agentHere: (agent: string) => `${agent} is helping you`,
  agent: 'Customer care',
  bot: 'Bot',
  typing: (name: string) => `${name || 'Someone'} is typing`,
  sources: 'Sources',
  source: (position: number, title: string) => `Source ${position}: ${title} ${newTab}`,
  newTab,
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

/** What the table above is written in, for dates, and for the dialog on pages in another language. */
export const language = 'en';
export const direction = 'ltr';
