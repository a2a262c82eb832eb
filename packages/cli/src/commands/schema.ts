import { examples, type AddCommands } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";

/** `schema [COMMAND]`. */
export const addSchema: AddCommands = (command, { io }) => {
  command
    .argument(
      "[command...]",
      "can-talk, or: upgrade check; without it, the commands that have one are listed",
    )
    .addHelpText(
      "after",
      examples(
        ["The shape of an answer of can-talk", "mojaver schema can-talk > can-talk.schema.json"],
        ["Which commands have one?", "mojaver schema"],
      ),
    )
    .action(async (words: readonly string[]) => {
      const { jsonSchemaOf, schemaNames } = await import("../schemas/index.ts");
      if (words.length === 0) {
        io.out(`${schemaNames.join("\n")}\n`);
        return;
      }
      const name = words.join(" ");
      const schema = jsonSchemaOf(name);
      if (!schema) {
        const message = `no schema of "${name}"; known are ${schemaNames.join(", ")}`;
        throw new CommandError(EXIT.usage, message);
      }
      io.out(`${JSON.stringify(schema, null, 2)}\n`);
    });
};
