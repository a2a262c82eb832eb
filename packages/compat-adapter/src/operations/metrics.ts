import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { MessageEvent } from "../message/message-event.ts";

/** The adapter's own metrics, in a registry that no other adapter of the process shares. */
export interface Metrics {
  readonly registry: Registry;
  count(event: MessageEvent): void;
  begin(): void;
  end(): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const messages = new Counter({
    name: "mojaver_adapter_messages_total",
    help: "Messages by participant, resource, version that came, version that went on, and outcome",
    labelNames: ["side", "participant", "resource", "from", "to", "outcome"],
    registers: [registry],
  });
  const signatures = new Counter({
    name: "mojaver_adapter_signatures_total",
    help: "Signed messages by participant and what was done with the signature",
    labelNames: ["participant", "outcome"],
    registers: [registry],
  });
  const errorCallbacks = new Counter({
    name: "mojaver_adapter_error_callbacks_total",
    help: "Error callbacks that the adapter sent, by the participant that a message could not go to or come from",
    labelNames: ["participant", "resource"],
    registers: [registry],
  });
  const conversion = new Histogram({
    name: "mojaver_adapter_conversion_seconds",
    help: "Time to parse, convert and write a body",
    labelNames: ["resource", "from", "to"],
    buckets: [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05],
    registers: [registry],
  });
  const inFlight = new Gauge({
    name: "mojaver_adapter_in_flight",
    help: "Messages under way",
    registers: [registry],
  });

  return {
    registry,
    begin: () => inFlight.inc(),
    end: () => inFlight.dec(),
    count(event) {
      // Only configured participants and resources of the API become labels, so that no sender can make series.
      const { side, outcome, participant = "", resource = "", from = "", to = "" } = event;
      messages.inc({ side, participant, resource, from, to, outcome });
      if (event.signature !== undefined) signatures.inc({ participant, outcome: event.signature });
      if (event.errorCallback) errorCallbacks.inc({ participant, resource });
      if (event.conversionMs !== undefined)
        conversion.observe({ resource, from, to }, event.conversionMs / 1000);
    },
  };
}
