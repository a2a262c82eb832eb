import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { filesBelow, PACKAGES, ROOT, type WorkspacePackage } from "../workspace.ts";

/** A hand-written TypeScript file of a package. */
export interface Source {
  readonly workspacePackage: WorkspacePackage;
  /** Path from the repository's root, with `/`: `packages/protocol/src/version.ts`. */
  readonly path: string;
  /** Path from the package's `src`, with `/`. */
  readonly inside: string;
  readonly tree: ts.SourceFile;
}

function portable(path: string): string {
  return path.split(sep).join("/");
}

// A folder of generated code is ignored by git, and declared by the package's `generate` target.
function isGenerated(path: string): boolean {
  return /\/generated\/|^packages\/types\/src\/.+\//.test(path);
}

/** Every hand-written file in the `src` folders of the packages. */
export const SOURCES: readonly Source[] = PACKAGES.flatMap((workspacePackage) =>
  filesBelow(join(workspacePackage.folder, "src"), ".ts").map((file) => ({
    workspacePackage,
    path: portable(relative(ROOT, file)),
    inside: portable(relative(join(workspacePackage.folder, "src"), file)),
    tree: ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true),
  })),
).filter(({ path }) => !isGenerated(path));

/** An import or re-export of another file of the same package. */
export interface RelativeImport {
  /** Path of the imported file from the repository's root. */
  readonly path: string;
  /** Whether it is gone after compilation: `import type`, or only types in its braces. */
  readonly typeOnly: boolean;
}

/** What a file imports of its own package. */
export function relativeImports({ tree }: Source): RelativeImport[] {
  return tree.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith("."))
      return [];
    const path = portable(relative(ROOT, join(dirname(tree.fileName), moduleSpecifier.text)));
    return [{ path, typeOnly: isTypeOnly(statement) }];
  });
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) {
    const named =
      statement.exportClause && ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements
        : [];
    return statement.isTypeOnly || (named.length > 0 && named.every((element) => element.isTypeOnly));
  }
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (clause.name || !clause.namedBindings || !ts.isNamedImports(clause.namedBindings)) return false;
  const { elements } = clause.namedBindings;
  return elements.length > 0 && elements.every((element) => element.isTypeOnly);
}
