import { connect } from "node:net";

const METADATA_KEY = 3;
const METADATA_VERSION = 1;
const REQUEST_BYTES = 18;

/**
 * Whether a broker answers a metadata request with at least one broker: from then on clients can produce.
 * The request is 18 bytes (Kafka protocol guide, Metadata request version 1: no topics).
 */
export function answersMetadata(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => void socket.write(metadataRequest()));
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    let received = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      // Size, correlation id, then the array of brokers with its length.
      if (received.length >= 12 && received.length >= 4 + received.readInt32BE(0))
        end(received.readInt32BE(8) >= 1);
    });
    socket
      .setTimeout(1000, () => end(false))
      .once("error", () => end(false))
      .once("close", () => end(false));
  });
}

function metadataRequest(): Buffer {
  const request = Buffer.alloc(4 + REQUEST_BYTES);
  request.writeInt32BE(REQUEST_BYTES, 0);
  request.writeInt16BE(METADATA_KEY, 4);
  request.writeInt16BE(METADATA_VERSION, 6);
  request.writeInt32BE(1, 8); // correlation id
  request.writeInt16BE(4, 12); // length of the client id
  request.write("test", 14);
  request.writeInt32BE(0, 18); // no topics
  return request;
}
