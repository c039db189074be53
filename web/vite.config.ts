import { defineConfig, type Plugin } from "vite";
import { chunksOf, nameOf } from "./chunks";

/** The part of the policy that holds on any host; the gateway's header adds what may be connected to. */
function contentSecurityPolicy(): Plugin {
  const policy =
    "script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: policy },
        injectTo: "head-prepend",
      },
    ],
  };
}

const gateway = process.env["GATEBOOK_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  root: import.meta.dirname,
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  plugins: [contentSecurityPolicy()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // A data: URI would need `data:` in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        manualChunks: chunksOf(),
        chunkFileNames: nameOf,
      },
    },
  },
  server: { proxy: { "/api": gateway, "/config.json": gateway } },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"], environment: "node" },
} as Parameters<typeof defineConfig>[0]);
