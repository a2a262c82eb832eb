import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, run } from "../machine.ts";

/** 4.4.0 lacks artefacts of its tools on Maven Central. */
export const KAFKA_VERSION = "4.3.1";

/** Where the jars are, once they are there. */
export const KAFKA_CACHE: string = cacheFolder(`kafka-${KAFKA_VERSION}`);

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

/** Whether all jars are in the cache. */
export function hasJars(): boolean {
  return existsSync(join(KAFKA_CACHE, "complete"));
}

/** Brings the broker's jars from Maven Central, about 44 MB. The folder appears whole or not at all. */
export function installJars(): void {
  const draft = `${KAFKA_CACHE}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    writeFileSync(join(draft, "pom.xml"), POM);
    run("mvn", [
      "--batch-mode",
      "--quiet",
      "--file",
      join(draft, "pom.xml"),
      "dependency:copy-dependencies",
      "-DincludeScope=runtime",
      `-DoutputDirectory=${join(draft, "libs")}`,
    ]);
    writeFileSync(join(draft, "complete"), `${KAFKA_VERSION}\n`);
    mkdirSync(dirname(KAFKA_CACHE), { recursive: true });
    if (!hasJars()) renameSync(draft, KAFKA_CACHE);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
