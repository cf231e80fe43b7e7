// The address says where the server is and who this is: domain, token, and conversationId and watermark after a reload.
const directLine = WebChat.createDirectLine(Object.fromEntries(new URLSearchParams(location.search)));
const store = WebChat.createStore();

// The client waits 3 to 15 seconds before it connects again. A test need not.
directLine.getRetryDelay = () => 100;

// What Web Chat knows of what it shows, for tests to look at.
window.activities = () => store.getState().activities;
window.connectivity = () => store.getState().connectivityStatus;

WebChat.renderWebChat(
  { directLine, store, locale: 'en-US', sendTypingIndicator: true },
  document.querySelector('main')
);
