#!/usr/bin/env bash
# Turns a picture into a video: upload, run, poll, list; then verifies a callback. Needs curl, jq and openssl.
# Usage: caller.sh PICTURE CALLBACK_URL, with RUNFLOW_BASE_URL and RUNFLOW_API_KEY in the environment
#        caller.sh verify BODY_FILE SIGNATURE, with RUNFLOW_WEBHOOK_SECRET in the environment
set -euo pipefail

if [[ $1 == verify ]]; then
  expected=$(openssl dgst -sha256 -hmac "$RUNFLOW_WEBHOOK_SECRET" -r <"$2" | cut -d ' ' -f 1)
  [[ $expected == "$3" ]] && echo genuine || echo forged
  exit
fi

api() { # METHOD PATH [CURL OPTIONS]
  curl --silent --show-error --fail-with-body --request "$1" "$RUNFLOW_BASE_URL$2" \
    --header "Authorization: Bearer $RUNFLOW_API_KEY" --header "Content-Type: application/json" "${@:3}"
}

picture=$1
mime_type=$(file --brief --mime-type "$picture")
size=$(wc -c <"$picture")

slot=$(api POST /v1/asset-uploads --data "$(jq -n --arg name "${picture##*/}" --arg type "$mime_type" --argjson size "$size" \
  '{filename: $name, mime_type: $type, size_bytes: $size}')")
curl --silent --show-error --fail --output /dev/null --upload-file "$picture" --header "Content-Type: $mime_type" "$(jq -r .upload_url <<<"$slot")"
asset=$(api POST "/v1/asset-uploads/$(jq -r .asset_id <<<"$slot")/confirmations" --data '{}')
jq -r '"uploaded \(.id) \(.mime_type) \(.size_bytes)"' <<<"$asset"

reference=order-$RANDOM$RANDOM$RANDOM
run=$(api POST /v1/models/alibaba/wan/v2.7/image-to-video/runs --data "$(jq -n --arg image "$(jq -r .url <<<"$asset")" --arg callback "$2" --arg reference "$reference" \
  '{input: {image_url: $image, prompt: "slow push in", duration: 2, resolution: "720p"}, callback_url: $callback, metadata: {order: 42}, client_ref: $reference}')")
id=$(jq -r .id <<<"$run")
echo "created $id"

until [[ $(jq -r .status_code <<<"$run") =~ ^(succeeded|failed|canceled)$ ]]; do
  sleep 1
  run=$(api GET "/v1/runs/$id")
done
jq -r '"ended \(.status_code) \(.failure_message // .cost)"' <<<"$run"
echo "downloaded $(curl --silent --show-error --fail "$(jq -r '.output.outputs[0].url' <<<"$run")" | wc -c)"

printf 'listed '
api GET /v1/runs --get --data-urlencode "q=client_ref.EQ:'$reference'" --data fields=id,status_code --data sort_by=created_at:asc --data limit=100 | jq -c .items
