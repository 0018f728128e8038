curl -X POST https://api.runflow.io/v1/models/alibaba/wan/v2.7/image-to-video/runs \
  -H "Authorization: Bearer $RUNFLOW_API_KEY" \
  -H "Content-Type: application/json" \
  --data-binary @- <<'JSON'
{
    "input": {
        "prompt": "Product rotating slowly on a display pedestal, soft studio lighting, professional product photography",
        "duration": 5,
        "image_url": "https://public.runflow.io/images/models/_base/product-sneaker.png",
        "resolution": "1080p"
    },
    "callback_url": "https://your-server.com/webhook"
}
JSON
