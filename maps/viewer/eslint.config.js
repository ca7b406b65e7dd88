import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["bundle/", "node_modules/"] },
  {
    files: ["**/*.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The columns are typed arrays read in loops whose bounds are checked once, outside.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Data reaches the page as text nodes." },
        { property: "outerHTML", message: "Data reaches the page as text nodes." },
        { property: "insertAdjacentHTML", message: "Data reaches the page as text nodes." },
      ],
      "max-lines": ["error", 300],
    },
  },
);
