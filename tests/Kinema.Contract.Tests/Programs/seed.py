import requests

response = requests.post(
    "https://api.runflow.io/v1/models/alibaba/wan/v2.7/image-to-video/runs",
    headers={"Authorization": "Bearer RUNFLOW_API_KEY"},
    json={
        "input": {
            "prompt": "Product rotating slowly on a display pedestal, soft studio lighting, professional product photography",
            "duration": 5,
            "image_url": "https://public.runflow.io/images/models/_base/product-sneaker.png",
            "resolution": "1080p"
        },
        "callback_url": "https://your-server.com/webhook"
    },
)

data = response.json()
print(data)
