# The production images: `services` (api, worker, scheduler, migrate: one image, four commands) and `web`.
# docker build --target services -t aiia/services . && docker build --target web -t aiia/web .

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 CI=true NEXT_OUTPUT=standalone
COPY package.json package-lock.json turbo.json tsconfig.base.json ./
COPY prisma/package.json prisma/
COPY web/package.json web/
COPY services/api/package.json services/api/
COPY services/cli/package.json services/cli/
COPY services/connectors/package.json services/connectors/
COPY services/core/package.json services/core/
COPY services/engine/package.json services/engine/
COPY services/kit/package.json services/kit/
COPY services/messaging/package.json services/messaging/
COPY services/pg-copy/package.json services/pg-copy/
COPY services/scheduler/package.json services/scheduler/
COPY services/stack/package.json services/stack/
COPY services/store/package.json services/store/
COPY services/worker/package.json services/worker/
COPY e2e/package.json e2e/
COPY e2e/testkit/package.json e2e/testkit/
COPY bench/package.json bench/
# The embedded Postgres (an optional dependency) is for machines without a database; a container has one beside it.
RUN npm ci --no-audit --no-fund
COPY prisma prisma
COPY services services
COPY web web
RUN npx turbo run build --filter=@aiia/api --filter=@aiia/worker --filter=@aiia/scheduler --filter=@aiia/cli --filter=@aiia/web

FROM build AS production-modules
RUN npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim AS services
WORKDIR /app
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
COPY --from=production-modules /app/package.json ./
COPY --from=production-modules /app/node_modules node_modules
COPY --from=production-modules /app/prisma prisma
COPY --from=production-modules /app/services services
USER node
CMD ["node", "services/api/dist/main.js"]

FROM node:24-bookworm-slim AS web
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3001
COPY --from=build /app/web/.next/standalone ./
COPY --from=build /app/web/.next/static web/.next/static
USER node
EXPOSE 3001
CMD ["node", "web/server.js"]
