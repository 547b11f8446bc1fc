# Alarms. All tell one topic; each says in its description where to look.

# Not encrypted: CloudWatch cannot publish to a topic under AWS's own key, and an alarm names no user's data.
resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "email" {
  count     = var.alarm_email == "" ? 0 : 1
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

locals {
  lambda_alarms = merge([for role, name in var.functions : {
    "${role}-errors" = {
      namespace = "AWS/Lambda", metric = "Errors", statistic = "Sum", dimensions = { FunctionName = name }
      threshold = 1, period = 60, periods = 1, description = "The ${role} function failed: read its log group."
    }
    "${role}-throttles" = {
      namespace = "AWS/Lambda", metric = "Throttles", statistic = "Sum", dimensions = { FunctionName = name }
      threshold = 1, period = 60, periods = 3, description = "The ${role} function was refused: raise its concurrency or the account's quota L-B99A9384."
    }
  }]...)
  other_alarms = {
    "dead-letters" = {
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", statistic = "Maximum", dimensions = { QueueName = var.dead_letter_name }
      threshold = 1, period = 60, periods = 1, description = "A job was given up: look at the message and the dispatcher's log."
    }
    "queue-age" = {
      namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", statistic = "Maximum", dimensions = { QueueName = var.queue_name }
      threshold = 60, period = 60, periods = 3, description = "Jobs wait longer than a minute: dispatch is off, throttled or too slow."
    }
    "api-latency" = {
      namespace = "AWS/ApiGateway", metric = "Latency", statistic = "p99", dimensions = var.api_dimensions
      threshold = 3000, period = 300, periods = 3, description = "One request in a hundred takes longer than three seconds: cold starts, or a slow cache."
    }
    "gateway-errors" = {
      namespace = "AWS/ApiGateway", metric = var.gateway == "rest" ? "5XXError" : "5xx", statistic = "Sum", dimensions = var.api_dimensions
      threshold = 5, period = 60, periods = 3, description = "The API answers 5xx: read its function's log; 503 means queue or cache."
    }
    "executor-duration" = {
      namespace = "AWS/Lambda", metric = "Duration", statistic = "p99", dimensions = { FunctionName = var.functions.executor }
      threshold = var.timeouts.executor * 900, period = 300, periods = 3, description = "Executions come close to the function's time limit."
    }
    "cache-memory" = {
      namespace = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", statistic = "Maximum", dimensions = { CacheClusterId = var.cache_nodes[0] }
      threshold = 80, period = 300, periods = 2, description = "The status store fills up; full, it refuses jobs. Take a larger node."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = merge(local.lambda_alarms, local.other_alarms)
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  dimensions          = each.value.dimensions
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  period              = each.value.period
  evaluation_periods  = each.value.periods
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

data "aws_iam_policy_document" "topic" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]
    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]
    }
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.topic.json
}

resource "aws_budgets_budget" "month" {
  count        = var.monthly_budget_usd > 0 ? 1 : 0
  name         = "${var.name}-month"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }
    content {
      comparison_operator       = "GREATER_THAN"
      threshold                 = notification.value
      threshold_type            = "PERCENTAGE"
      notification_type         = notification.key
      subscriber_sns_topic_arns = [aws_sns_topic.alarms.arn]
    }
  }
}
