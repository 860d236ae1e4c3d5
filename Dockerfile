# syntax=docker/dockerfile:1

# Debian, not Alpine: the bundled PostgreSQL needs the GNU C library.

# The portal is built with the development dependencies; the image gets the built files alone.
FROM node:24-bookworm-slim AS portal
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts scripts
COPY portal portal
RUN node --max-old-space-size=512 scripts/build-portal.mjs

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts are needed. The image has its own Node 24, so the one among the dependencies is removed.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node-linux-* node_modules/node-darwin-* node_modules/node-bin-* node_modules/node-win-*
COPY bin bin
COPY assets assets
COPY src src
COPY scripts scripts
COPY LICENSE NOTICE ./
COPY --from=portal /app/portal/dist portal/dist
# node_modules is read-only for the server's account, so the links are created here.
RUN node --disable-warning=ExperimentalWarning scripts/link-postgres-libraries.ts

FROM node:24-bookworm-slim
# tini reaps orphaned processes of PostgreSQL; Node as process 1 would leave them as zombies.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates tini \
  && rm -rf /var/lib/apt/lists/*
# PostgreSQL refuses to run as root and needs an account with a name. A new volume gets the owner of the folder created here.
RUN useradd --uid 9909 --user-group --create-home --shell /usr/sbin/nologin chartroom \
  && install --directory --owner chartroom --group chartroom --mode 0755 /home/chartroom/data
COPY --from=build /app /app
WORKDIR /app
USER chartroom
ENV NODE_ENV=production \
  MALLOC_ARENA_MAX=2 \
  HOST=0.0.0.0 \
  PORT=9909 \
  DATA_DIR=/home/chartroom/data \
  PROVISIONING_DIR=/home/chartroom/provisioning
VOLUME /home/chartroom/data
EXPOSE 9909
# Startup includes PostgreSQL's recovery after a power cut.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`, { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=32", "bin/chartroom.ts", "serve"]
