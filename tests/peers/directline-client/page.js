import { JSDOM, VirtualConsole } from 'jsdom';

// What a page gives to scripts: requests under the rules of CORS, with pre-flights, files, forms and sockets. The page is of
// a shop, so every server is a foreign origin to it. The official client looks for these among the globals. Lost connections
// are part of the stories, so the page's console goes nowhere.
const { window } = new JSDOM('', { url: 'https://shop.example/', virtualConsole: new VirtualConsole() });
const { Blob, FormData, WebSocket, XMLHttpRequest } = window;

Object.assign(globalThis, { Blob, FormData, WebSocket, XMLHttpRequest });
