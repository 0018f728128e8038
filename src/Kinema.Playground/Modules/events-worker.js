// Shared by all tabs of the browser: one connection for the events of all their runs. Its name carries the URL of the stream.
import { EventHub } from "./event-hub.js";

const hub = new EventHub(self.name);
addEventListener("connect", ({ ports: [port] }) => hub.attach(port));
