# tox-server, with a Java of its own, in /opt/tox-server and nothing else:
#
#     docker build -t tox-server .
#
# and then, in the Dockerfile of the image where your tests run,
#
#     COPY --from=tox-server /opt/tox-server /opt/tox-server
#
# That image needs glibc, as Debian, Ubuntu and Fedora have it (not Alpine). With a folder that
# 'mvn -Pdist package' has made, nothing is built nor downloaded here:
#
#     docker build -t tox-server --build-context dist=target/tox-server .
ARG BUILDER=docker.io/library/maven:3.9-eclipse-temurin-25

FROM ${BUILDER} AS build
WORKDIR /build
COPY bin/setup bin/java-home bin/
RUN bin/setup
COPY . .
RUN mvn -B -ntp -Pdist package -Dmaven.test.skip=true -Dspotless.check.skip=true

FROM scratch AS dist
COPY --from=build /build/target/tox-server /

FROM scratch
COPY --from=dist / /opt/tox-server/
