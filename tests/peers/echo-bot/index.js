// An echo bot as Bot Framework's own samples write it: CloudAdapter, conversation state over MemoryStorage, no app id
// (as with the emulator). PORT says where it listens, on loopback only.
import { createServer } from "node:http";
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, ConversationState, MemoryStorage } from "botbuilder";

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (_context, error) => {
  console.error(error);
};

const conversationState = new ConversationState(new MemoryStorage());
const talk = conversationState.createProperty("talk");

const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  const remembered = await talk.get(context, { turns: 0, last: "" });
  remembered.turns += 1;
  remembered.last = context.activity.text;
  await context.sendActivity(`${remembered.turns}: ${remembered.last}`);
  await next();
});

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

// The adapter was made for restify and express, of whose responses it uses these four.
function asAdapterResponse(response) {
  return {
    status: (code) => {
      response.statusCode = code;
    },
    header: (name, value) => {
      response.setHeader(name, value);
    },
    send: (body) => {
      response.write(typeof body === "string" ? body : JSON.stringify(body));
    },
    end: () => {
      response.end();
    },
  };
}

async function onTurn(context) {
  await bot.run(context);
  await conversationState.saveChanges(context);
}

const server = createServer(async (request, response) => {
  if (request.method !== "POST" || request.url !== "/api/messages") {
    response.writeHead(404).end();
    return;
  }
  try {
    const { method, headers } = request;
    await adapter.process({ method, headers, body: await readJson(request) }, asAdapterResponse(response), onTurn);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});

server.listen(Number(process.env.PORT ?? 3978), "127.0.0.1");
