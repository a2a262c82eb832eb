import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { MessageEvent } from "../message/message-event.ts";
import { REPORT_DAYS, type VersionsQuestion, type VersionsReport } from "./versions-report.ts";

/** The metrics of one adapter, in a registry of its own. */
export interface Metrics {
  readonly registry: Registry;
  count(event: MessageEvent): void;
  begin(): void;
  end(): void;
}

const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Gives the reports of one moment. */
export type ReportSource = () => Promise<(question: VersionsQuestion) => VersionsReport>;

/** Creates the metrics. `mojaver_adapter_participant_below` is taken from the reports of `source`, as `/versions` is. */
export function createMetrics(source: ReportSource): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const messages = new Counter({
    name: "mojaver_adapter_messages_total",
    help: "Messages by participant, resource, version that arrived, version that was forwarded, and outcome",
    labelNames: ["side", "participant", "resource", "from", "to", "outcome"],
    registers,
  });
  const errors = new Counter({
    name: "mojaver_adapter_errors_total",
    help: "Messages answered with an FSPIOP error, by participant, resource and error code",
    labelNames: ["side", "participant", "resource", "code"],
    registers,
  });
  const signatures = new Counter({
    name: "mojaver_adapter_signatures_total",
    help: "Signed messages by participant and what was done with the signature",
    labelNames: ["participant", "outcome"],
    registers,
  });
  const errorCallbacks = new Counter({
    name: "mojaver_adapter_error_callbacks_total",
    help: "Error callbacks of the adapter, by the participant that sent or should have received the message",
    labelNames: ["participant", "resource"],
    registers,
  });
  const lost = new Counter({
    name: "mojaver_adapter_members_lost_total",
    help: "Members that a conversion dropped, by change",
    labelNames: ["change"],
    registers,
  });
  const storeErrors = new Counter({
    name: "mojaver_adapter_store_errors_total",
    help: "Messages refused because the store could not be used",
    labelNames: ["store"],
    registers,
  });
  const conversion = new Histogram({
    name: "mojaver_adapter_conversion_seconds",
    help: "Time to parse, convert and write a body",
    labelNames: ["resource", "from", "to"],
    buckets: [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05],
    registers,
  });
  const farEnd = new Histogram({
    name: "mojaver_adapter_far_end_seconds",
    help: "Time until the receiver of a message answered, by the side on which the message arrived",
    labelNames: ["side", "participant"],
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const total = new Histogram({
    name: "mojaver_adapter_message_seconds",
    help: "Time from the headers of a message until its sender was answered",
    labelNames: ["side", "outcome"],
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const inFlight = new Gauge({
    name: "mojaver_adapter_in_flight",
    help: "Messages in progress",
    registers,
  });
  const below = new Gauge({
    name: "mojaver_adapter_participant_below",
    help: "1 for each participant that /versions reports as affected if everything below a version is dropped",
    labelNames: ["participant", "below", "days"],
    registers,
    async collect() {
      below.reset();
      const report = await source().catch(() => undefined);
      // Without the store nothing is known, and the other metrics must still be readable.
      if (!report) return;
      for (const days of REPORT_DAYS) {
        const { hub, participants } = report({ days });
        for (const version of new Set([hub.version, ...participants.map((row) => row.version)])) {
          const { affected } = report({ below: version, days });
          for (const { participant } of affected)
            below.set({ participant, below: version, days: String(days) }, 1);
        }
      }
    },
  });

  return {
    registry,
    begin: () => inFlight.inc(),
    end: () => inFlight.dec(),
    count(event) {
      // Only configured participants and resources of the API become labels, so that no sender can add series.
      const { side, outcome, participant = "", resource = "", from = "", to = "" } = event;
      messages.inc({ side, participant, resource, from, to, outcome });
      total.observe({ side, outcome }, event.durationMs / 1000);
      if (event.error) errors.inc({ side, participant, resource, code: event.error.errorCode });
      if (event.signature !== undefined) signatures.inc({ participant, outcome: event.signature });
      if (event.errorCallback) errorCallbacks.inc({ participant, resource });
      if (event.failedStore !== undefined) storeErrors.inc({ store: event.failedStore });
      if (event.farEndMs !== undefined) farEnd.observe({ side, participant }, event.farEndMs / 1000);
      for (const { changeId } of event.report?.dropped ?? []) lost.inc({ change: changeId });
      if (event.conversionMs !== undefined)
        conversion.observe({ resource, from, to }, event.conversionMs / 1000);
    },
  };
}
