-- Index: delivery_attempts unique (delivery_id, attempt_number); the number was taken under the delivery's row.
INSERT INTO delivery_attempts (id, delivery_id, attempt_number, status_code, response_body, response_time_ms, error_message, created_at)
VALUES (@id, @deliveryId, @attemptNumber, @statusCode, @responseBody, @responseTimeMs, @errorMessage, @createdAt);
