# The Wan worker for a GPU, for x86-64:  docker build -f deploy/docker/wan.Dockerfile -t kinema-wan .
# libtorch is that of PyTorch's package, with the CUDA that it was built for. Weights are not in the image: mount them at /models.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Kinema.Wan.Worker -c Release -r linux-x64 --self-contained -p:PublishDocumentationFiles=false \
    -p:KinemaLibTorch=external -p:KinemaPatchTorchSharp=always -o /opt/kinema-wan

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates ffmpeg libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir torch==2.10.0 \
    && useradd --system --uid 64000 --create-home --shell /usr/sbin/nologin kinema
COPY --from=build /opt/kinema-wan /opt/kinema-wan
RUN ln -s /opt/kinema-wan/kinema-wan /usr/local/bin/kinema-wan
ENV MALLOC_ARENA_MAX=2 \
    KINEMA_LIBTORCH=/usr/local/lib/python3.12/site-packages/torch/lib
USER 64000:64000
ENTRYPOINT ["kinema-wan", "worker"]
